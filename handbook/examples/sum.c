/* sum.c - what the chapter about the compiler follows through its passes */
int
total(const int *numbers, int count)
{
    int sum = 0;

    for (int i = 0; i < count; i++)
        sum += numbers[i] * 2;
    return sum;
}

int
main(void)
{
    static const int numbers[3] = {4, 5, 12};

    return total(numbers, 3);
}
