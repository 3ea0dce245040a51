#include "part.h"

int three(int x) { return part(x) + 5; }
