#if !DEBUG
  /// The hook that every `throw` calls for debuggers, empty and inlined in this module.
  ///
  /// A call on the way from the common path to the cold one gives a handler a stack frame that it sets up on the common
  /// path as well; without it the way is a plain jump. The standard library's inlinable `throw` code refers to the hook
  /// by this name, so a body that is known here takes the place of the runtime's.
  @_silgen_name("swift_willThrowTypedImpl")
  @_alwaysEmitIntoClient @inline(__always)
  public func willThrowTyped<E: Error>(_ error: E) {}
#endif
