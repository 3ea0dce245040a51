#pragma once
#include "CHostMemory.h"
#include "CHostProcess.h"
