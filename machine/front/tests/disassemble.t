#!/usr/bin/perl
# The disassembler writes what the assembler reads: each instruction of the
# table, disassembled and assembled again, gives the same bytes.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my ($status, $out, $err) = run_program('', build('tests/disassemble'));
is $status, 0, 'the table disassembled';
my @lines = map { [split / /, $_, 2] } split /\n/, $out;
my $rows = () = read_file('machine/cpu/optable.inc') =~ /^INSN\(/mg;
is scalar @lines, 5 * $rows, 'all of it';

my $source = write_file(scratch('all.asm'),
    join '', "%include \"s370.inc\"\n", (map { "         $_->[1]\n" } @lines), "         END\n");
($status, my $messages, $err) = run_program('', qw(nasm -f bin -I machine/sdk/asm/ -o),
    scratch('all.img'), $source);
is $status, 0, 'assembled again' or diag substr $err, 0, 2000;

my $image = $status == 0 ? uc unpack 'H*', read_file(scratch('all.img')) : '';
my @wrong;
for (@lines) {
    my ($bytes, $text) = @$_;
    my $again = substr $image, 0, length $bytes, '';
    push @wrong, "$bytes $text: $again" if $again ne $bytes;
}
is "@wrong[0 .. ($#wrong < 5 ? $#wrong : 5)]", '', 'the same bytes';

done_testing;
