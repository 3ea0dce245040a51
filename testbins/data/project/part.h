int part(int x);
int one(int x);
int two(int x);
int three(int x);
int four(int x);
