// variants: O2 v3
// run: never
// links: -l:liblua5.4.a -lm -Xlinker --no-warnings
// A Lua interpreter: runs the script named first, with the other arguments in `arg`.

#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>
#include <stdio.h>

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: lua_host SCRIPT [ARGUMENTS...]\n");
    return 2;
  }
  lua_State *lua = luaL_newstate();
  luaL_openlibs(lua);
  lua_createtable(lua, argc, 0);
  for (int i = 1; i < argc; i++) {
    lua_pushstring(lua, argv[i]);
    lua_rawseti(lua, -2, i - 1);
  }
  lua_setglobal(lua, "arg");
  int failed = luaL_dofile(lua, argv[1]);
  if (failed) fprintf(stderr, "%s\n", lua_tostring(lua, -1));
  lua_close(lua);
  return failed ? 1 : 0;
}
