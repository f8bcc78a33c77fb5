package dev.zsock.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Where the rules end; what they do is in the table of docs/PORTING.md, which is tested, too. */
class PortingRulesTest {
    /** The Java lines of a C function. */
    static List<String> ported(String c) {
        return PortingRules.functions(c).stream()
                .flatMap(function -> {
                    PortingRules rules = new PortingRules(function);
                    return function.stream().filter(s -> !s.isEmpty()).map(rules::java);
                })
                .map(tokens -> String.join(" ", tokens))
                .toList();
    }

    private static String portedLine(String c) {
        return String.join(" ; ", ported("{ " + c + "; }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "bind(fd, (struct sockaddr *)&addr, n) # bind ( fd , addr , n )",
                "f(&a, &b) # f ( a , b )",
                "return &a # return a",
                "x = flags & mask # x = flags & mask",
                "x = f(a) & mask # x = f ( a ) & mask",
                "x = a[1] & mask # x = a [ 1 ] & mask",
                "x = 3 & mask # x = 3 & mask",
                "x = a & 3 # x = a & 3",
                "f(a && b) # f ( a && b )",
                "f((struct sockaddr_in *)sa) # f ( ( struct sockaddr_in * ) sa )",
                "f((int)n) # f ( ( int ) n )",
                "f(\"errno NULL -> //\") # f ( \"errno NULL -> //\" )",
                "f(stderr, n) # f ( stderr , n )",
                "fprintf(log, n) # fprintf ( log , n )",
                "f(sizeof(int), sizeof(long)) # f ( sizeof ( int . class ) , sizeof ( long ) )",
                "f(sizeof(struct in_addr)) # f ( sizeof ( struct in_addr ) )",
                "int yes[2] # int yes [ 2 ]",
                "char c # char c",
                "char grid[2][3] # char grid [ 2 ] [ 3 ]",
                "struct timeval tv = {.tv_sec = 2} # struct timeval tv = { . tv_sec = 2 }",
            })
    void knowsWhatItDoesAndLeavesTheRest(String c, String java) {
        assertThat(portedLine(c)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "send(fd, buf + n, len, 0) # send ( fd , buf , n , len , 0 )",
                "recv(fd, buf + (a + b), len + 1, 0) # recv ( fd , buf , ( a + b ) , len + 1 , 0 )",
                "read(fds[i + 1], buf + n, 3) # read ( fds [ i + 1 ] , buf , n , 3 )",
                "send(fd + 1, buf, len, 0) # send ( fd + 1 , buf , len , 0 )",
                "write(fd, buf, a + b) # write ( fd , buf , a + b )",
                "poll(fds, n + 1, -1) # poll ( fds , n + 1 , - 1 )",
                "select(fd, a + b, NULL) # select ( fd , a + b , null )",
            })
    void onlyTheBufferOfATransferIsSplit(String c, String java) {
        assertThat(portedLine(c)).isEqualTo(java);
    }

    @Test
    void aLengthIsOneInItsFunctionOnly() {
        String c = "int f(void) { socklen_t len = sizeof(a); g(fd, &len); return h(len, m->len); }"
                + " int k(int len) { return h(len); }";
        assertThat(ported(c))
                .containsExactly(
                        "int f ( void )",
                        "IntRef len = new IntRef ( sizeof ( a ) )",
                        "g ( fd , len )",
                        "return h ( len . value , m . len )",
                        "int k ( int len )",
                        "return h ( len )");
    }

    @Test
    void onlyANumberThatACallChangesIsARef() {
        assertThat(portedLine("uint64_t left = 1; uint32_t n = 2; f(&left); g(left, n)"))
                .isEqualTo("LongRef left = new LongRef ( 1 ) ; uint32_t n = 2 ; f ( left ) ;"
                        + " g ( left . value , n )");
        assertThat(portedLine("int yes = 1; setsockopt(fd, 1, 2, &yes, sizeof(yes))"))
                .isEqualTo("int yes = 1 ; setsockopt ( fd , 1 , 2 , yes , sizeof ( yes ) )");
    }

    @Test
    void onlyAPointerThatACallFillsIsAnArray() {
        assertThat(portedLine("struct addrinfo *res; getaddrinfo(h, s, NULL, &res); f(res)"))
                .isEqualTo("Addrinfo [ ] res = new Addrinfo [ 1 ] ;"
                        + " getaddrinfo ( h , s , null , res ) ; f ( res [ 0 ] )");
        assertThat(portedLine("struct addrinfo *p; p = res; f(x & p)"))
                .isEqualTo("struct addrinfo * p ; p = res ; f ( x & p )");
    }

    @Test
    void cutsStatementsWhereTheLanguagesDo() {
        String c = "#include <x.h>\n/* a; b */ int f(void)\n{\n  struct a x = {0}; // c;\n"
                + "  for (i = 0; i < n; i++) {\n    g(\"; { } /* \\\" //\", ';');\n  }\n}\n";
        assertThat(PortingRules.functions(c)).hasSize(1);
        assertThat(PortingCount.statements(c).stream()
                        .filter(s -> !s.isEmpty())
                        .map(s -> String.join(" ", s)))
                .containsExactly(
                        "int f ( void )",
                        "struct a x = { 0 }",
                        "for ( i = 0 ; i < n ; i ++ )",
                        "g ( \"; { } /* \\\" //\" , ';' )");
    }
}
