package Echo;
# Echo.pm - the echo guest (echo.asm) as a deck and a configuration with three
# consoles, for the tests of the console program.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Exporter 'import';

our @EXPORT = qw(echo_config);

sub run_or_die
{
    my ($status, $out, $err) = run_program('', @_);
    die "@_: status $status\n$out$err" if $status != 0;
}

# The name of the configuration file; IPL from 00C.
sub echo_config
{
    my ($image, $deck) = (scratch('echo.img'), scratch('echo.deck'));
    run_or_die(qw(nasm -f bin -I machine/sdk/asm/ -o), $image,
        'machine/front/tests/echo.asm');
    run_or_die(bin('mkdeck'), '-o', $deck, $image);
    return write_file(scratch('echo.conf'), <<CONF);
MAINSIZE 1
0009 3215
00C0.2 3215
000C 3505 $deck
CONF
}

1;
