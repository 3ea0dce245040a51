#pragma once
#include "CHostMemory.h"
