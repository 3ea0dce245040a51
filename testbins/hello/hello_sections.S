// run: -> exit 5
// Text, read-only data, initialised data and a large zeroed area in their own segments: the
// page that data and bss share must hold the file's bytes first and zeroes after them.

    .globl _start
    .text
_start:
    cmpl $0x11223344, counter(%rip)
    jne bad
    cmpq $0, zeroed(%rip)
    jne bad
    cmpq $0, zeroed + 0x20000 - 8(%rip)
    jne bad
    leaq zeroed(%rip), %rdi         // everything up to the end is zero
    movl $0x20000, %ecx
    xorl %eax, %eax
    cld
    repe scasb
    jne bad
    incl counter(%rip)
    movq $7, zeroed + 0x1fff8(%rip)
    movl $1, %eax
    movl $1, %edi
    leaq message(%rip), %rsi
    movl $message_end - message, %edx
    syscall
    movl $231, %eax                 // exit_group
    movl $5, %edi
    syscall
    hlt
bad:
    movl $60, %eax
    movl $99, %edi
    syscall

    .section .rodata
message:
    .ascii "sections are in place\n"
message_end:

    .data
counter:
    .long 0x11223344

    .bss
    .balign 16
zeroed:
    .skip 0x20000

    .section .note.GNU-stack, "", @progbits
