// variants: nostdlib
// run: -> exit 42
// run: x y z -> exit 45
// C without any library: own entry, own system calls, a little formatting.

static long system_call(long number, long a, long b, long c) {
  long result;
  asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

static void print(const char *text) {
  long length = 0;
  while (text[length]) length++;
  system_call(1, 1, (long)text, length);
}

static void print_number(unsigned long value) {
  char digits[24];
  int i = 23;
  digits[i] = 0;
  do {
    digits[--i] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  print(digits + i);
}

__attribute__((used)) static void start(long *stack) {
  long argc = stack[0];
  print("freestanding, argc ");
  print_number((unsigned long)argc);
  print("\n");
  for (long i = 1; i < argc; i++) {
    print((const char *)stack[1 + i]);
    print("\n");
  }
  unsigned long factorial = 1;
  for (unsigned long i = 2; i <= 20; i++) factorial *= i;
  print_number(factorial);
  print("\n");
  system_call(231, 41 + argc, 0, 0);
}

asm(".globl _start\n_start: xorl %ebp, %ebp\n\tmovq %rsp, %rdi\n\tandq $-16, %rsp\n\tcall start\n\thlt");
