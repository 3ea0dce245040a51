#pragma once
#include "CHostProcess.h"
