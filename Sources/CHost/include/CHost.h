// Shims for host calls that Swift cannot import (variadic or macro).
#pragma once
#include "CHostFork.h"
#include "CHostMemory.h"
#include "CHostPeek.h"
#include "CHostProcess.h"
#include "CHostSignals.h"
#include "CHostSyscall.h"
#include "CHostThread.h"
#include "CHostTrace.h"
