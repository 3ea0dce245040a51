// How the end of a process that leaves a core file looks to others.
#pragma once
#include <stdint.h>

/// Dies of `signal_number` as if the host had written a core file: the parent's wait status says so (WCOREDUMP).
///
/// The kernel sets that flag for a core file of its own alone. So it writes one, without any memory, to a file system
/// that nobody sees and that goes with this process (mount_namespaces(7); as an ordinary user in a user namespace).
/// Returns where that is not allowed.
void swemu_host_die_dumped(int32_t signal_number);
