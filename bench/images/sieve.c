/* sieve.c - the primes up to 8192, by the sieve of Eratosthenes */
enum { LAST = 8192, ROUNDS = 250 };

static unsigned char prime[LAST + 1];

static int
count_primes(void)
{
    int n = 0;

    for (int i = 0; i <= LAST; i++)
        prime[i] = 1;
    for (int i = 2; i <= LAST; i++) {
        if (!prime[i])
            continue;
        n++;
        for (int j = i + i; j <= LAST; j += i)
            prime[j] = 0;
    }
    return n;
}

int
main(void)
{
    int n = 0;

    for (int k = 0; k < ROUNDS; k++)
        n = count_primes();
    return n != 1028;
}
