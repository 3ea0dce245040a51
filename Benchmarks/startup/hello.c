// The smallest usual program; built static, as static PIE, and dynamic.

#include <stdio.h>

int main(void)
{
    puts("Hello, world!");
}
