package Asm;
# Asm.pm - what the tests of the assembler share: one run of NASM.
use strict;
use warnings;
use Exporter 'import';
use Kit;

our @EXPORT = qw(assemble hex_of include_folder);

sub include_folder { return 'machine/sdk/asm/' }

# Assemble a source, without its first line, which includes s370.inc.  Returns
# the bytes of the image (undef when there are errors) and the messages, as
# "LINE: text", where line 1 is the first of $source.
my $runs = 0;
sub assemble
{
    my ($source) = @_;
    my $name = scratch('source' . $runs++);
    write_file("$name.asm", "%include \"s370.inc\"\n$source");
    my ($status, $out, $err) =
        run_program('', 'nasm', '-f', 'bin', '-I', include_folder(),
                    '-o', "$name.bin", "$name.asm");
    my @messages;
    for (split /\n/, $err) {
        s/^\Q$name\E\.asm:(\d+): /($1 - 1) . ': '/e;
        push @messages, $_;
    }
    return ($status == 0 ? read_file("$name.bin") : undef, @messages);
}

sub hex_of { return uc unpack 'H*', $_[0] }

1;
