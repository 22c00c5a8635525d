/* matrix.c - products of matrices of whole numbers */
enum { N = 40, ROUNDS = 50 };

static int a[N][N], b[N][N], c[N][N];

static void
multiply(void)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            int sum = 0;
            for (int k = 0; k < N; k++)
                sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
}

int
main(void)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = i + j;
            b[i][j] = i - j;
        }
    for (int k = 0; k < ROUNDS; k++)
        multiply();
    return c[1][1] == 0;
}
