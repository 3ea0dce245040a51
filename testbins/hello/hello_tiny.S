// The smallest useful program: two system calls and a message, one page in all.

    .globl _start
    .text
_start:
    movl $1, %eax                   // write
    movl $1, %edi
    leaq message(%rip), %rsi
    movl $message_end - message, %edx
    syscall
    movl $60, %eax                  // exit
    xorl %edi, %edi
    syscall
message:
    .ascii "tiny hello\n"
message_end:

    .section .note.GNU-stack, "", @progbits
