# bash completion for swemu: its options, then the program, then whatever completes the program's arguments.
_swemu() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -0 | -E | -U | -L | -s) ((i++)) ;;
      -*) ;;
      *)
        COMPREPLY=($(compgen -f -- "$cur"))
        return
        ;;
    esac
  done
  case $prev in
    -L) COMPREPLY=($(compgen -d -- "$cur")) && return ;;
    -U) COMPREPLY=($(compgen -v -- "$cur")) && return ;;
  esac
  if [[ $cur == --trace=* ]]; then
    COMPREPLY=($(compgen -W "load faults blocks instructions syscalls" -- "${cur#--trace=}"))
  elif [[ $cur == --cpu=* ]]; then
    COMPREPLY=($(compgen -W "help x86-64 x86-64-v2 x86-64-v3" -- "${cur#--cpu=}"))
  elif [[ $cur == --report=* ]]; then
    COMPREPLY=($(compgen -W "cpu-level" -- "${cur#--report=}"))
  elif [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "-0 -E -U -L -s --argv0= --setenv= --unsetenv= --sysroot= --stack-size= --cpu= --report= --verify
      --strace --trace= --trace-file= --gdb= --step --tui --commands= --profile= --coverage= --stats --max-instructions= --timeout= --max-memory= --sandbox= --allow=
      --allow-write= --no-aslr --version --help" -- "$cur"))
  else
    COMPREPLY=($(compgen -c -f -- "$cur"))
  fi
}
complete -o filenames -F _swemu swemu
