// Lua's own interpreter, linked statically: runs the script named by its first argument,
// with the remaining arguments as `...`.

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    lua_State *state = luaL_newstate();
    if (argc < 2 || state == NULL)
        return 2;
    luaL_openlibs(state);
    int failed = luaL_loadfile(state, argv[1]);
    if (!failed) {
        for (int i = 2; i < argc; i++)
            lua_pushstring(state, argv[i]);
        failed = lua_pcall(state, argc - 2, 0, 0);
    }
    if (failed)
        fprintf(stderr, "%s\n", lua_tostring(state, -1));
    lua_close(state);
    return failed ? 1 : 0;
}
