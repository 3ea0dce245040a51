import Testing

/// Tests that map guest memory: they share the one range below 2^46, so they run one after another.
@Suite(.serialized) struct MemoryTests {}
