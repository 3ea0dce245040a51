// A program without any library: two system calls, so that loading is all there is to measure.

    .section .rodata
message:
    .ascii "Hello, world!\n"
    .set length, . - message

    .text
    .globl _start
_start:
    mov $1, %eax            // write
    mov $1, %edi
    lea message(%rip), %rsi
    mov $length, %edx
    syscall
    mov $60, %eax           // exit
    xor %edi, %edi
    syscall

    .section .note.GNU-stack, "", @progbits
