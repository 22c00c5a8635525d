#!/usr/bin/perl
# mkdeck: what it makes can be IPLed and notices damage.
use strict;
use warnings;
use lib 'tools', 'machine/sdk/tests';
use Test::More;
use Kit;
use Image;

my $deck = scratch('deck');
my $image = scratch('image');

sub mkdeck { return run_program('', bin('mkdeck'), @_) }

# IPL a deck on a machine with this much storage (MiB).
sub ipl
{
    my ($cards, $storage) = @_;
    my $path = write_file(scratch('cards'), $cards);
    my ($status, $out, $err) =
        run_program("attach 00C 3505 $path eof\nipl 00C\nrun 9000000\n",
                    bin('machine'), '--storage', $storage // '1M',
                    '--monitor', '-');
    return stop_of("$out$err");
}

for my $words (64, 65, 1000, 16384) {
    write_file($image, make_image($words));
    my ($status, $out, $err) = mkdeck('-o', $deck, $image);
    is("$status$out$err", '0', "a deck of $words words");
    is(ipl(read_file($deck)), '000000', '... which loads them all');
}
write_file($image, substr(make_image(64), 0, 5));
is((mkdeck('-o', $deck, $image))[0], 0, 'an image of five bytes');

# Damage.
write_file($image, make_image(1000));
mkdeck('-o', $deck, $image);
my $cards = read_file($deck);
my $ncards = length($cards) / 80;
is(length($cards) % 80, 0, 'a deck is a number of whole cards');
sub damaged
{
    my ($at) = @_;
    my $copy = $cards;
    substr($copy, $at, 1) ^= "\x10";
    return ipl($copy);
}
is(damaged(($ncards - 20) * 80 + 40), '00DC02', 'a card is damaged');
is(damaged(($ncards - 1) * 80 + 79), '00DC02', '... the last one too');
is(damaged(2 * 80 + 50), '00DC04', 'a card of the loader is damaged');
is(ipl(substr($cards, 0, -80)), '00DC01', 'the last card is missing');
is(ipl(substr($cards, 0, 20 * 80)), '00DC01', 'half of the deck is missing');
my $swapped = $cards;
(substr($swapped, 20 * 80, 80), substr($swapped, 21 * 80, 80)) =
    (substr($cards, 21 * 80, 80), substr($cards, 20 * 80, 80));
is(ipl($swapped), '00DC03', 'two cards are in the wrong order');
substr($swapped, 20 * 80, 80) = '';
is(ipl($swapped), '00DC03', 'a card in the middle is missing');
like(ipl(substr($cards, 0, 3 * 80)), qr/IPL 000C: the channel program ended/,
     'a deck that ends inside the loader');

# The USERID card.
mkdeck('-o', $deck, '--userid', 'STUDENT2', '--name', 'GOS', $image);
my $with = read_file($deck);
is(substr($with, 80), $cards, 'the USERID card comes before the deck');
is(substr($with, 0, 80), pack('H*', 'E4E2C5D9C9C440' . 'E2E3E4C4C5D5E3F2' .
                              '40D5C1D4C540' . 'C7D6E2' . '40' x 56),
   'USERID STUDENT2 NAME GOS, in EBCDIC');
is((mkdeck('-o', $deck, '--userid', '*', $image))[0], 0, 'a deck for all');

# Wrong input.
for ([qr/No such file/, '-o', $deck, scratch('absent')],
     [qr/the image is empty/, '-o', $deck, write_file(scratch('empty'), '')],
     [qr/--userid "student"/, '-o', $deck, '--userid', 'student', $image],
     [qr/--userid "ABCDEFGHI"/, '-o', $deck, '--userid', 'ABCDEFGHI', $image],
     [qr/--name .* say --userid/, '-o', $deck, '--name', 'X', $image],
     [qr/say -o DECK/, $image],
     [qr/which image/, '-o', $deck],
     [qr/only one image/, '-o', $deck, $image, $image],
     [qr/cannot be written|No such file/, '-o', scratch('no/deck'), $image]) {
    my ($message, @words) = @$_;
    my ($status, $out, $err) = mkdeck(@words);
    is("$status$out", '1', 'mkdeck ' . join ' ', map { s/.*\///r } @words);
    like($err, $message, '... says why');
}

done_testing();
