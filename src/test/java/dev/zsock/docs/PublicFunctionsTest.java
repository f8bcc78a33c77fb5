package dev.zsock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import dev.zsock.Cstring;
import dev.zsock.Http;
import dev.zsock.WebsocketServer;
import dev.zsock.Zsock;
import dev.zsock.mqtt.Mqtt;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.NetdbAbi;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Each public function is called by a test, and its comment names the errnos it can give, or refers
 * to one that does. A function whose comment names none cannot fail.
 */
@Tag("slow")
class PublicFunctionsTest {
    private static final List<Class<?>> HEADERS =
            List.of(Zsock.class, Http.class, WebsocketServer.class, Cstring.class, Mqtt.class);

    /** What cannot fail, or says it in another way than by an errno. */
    private static final String CANNOT_FAIL = "(zsock_|net_|ZSOCK_|NET_)?"
            + "([hn]to[hn](s|l|ll)|inet_(aton|addr|ntoa)|IN6?_(IS_ADDR_)?[A-Z0-9]+|str|cstr|strlen"
            + "|memcpy|memset|(set_)?errno|perror|strerror|sin6?|sun|freeaddrinfo|gai_strerror"
            + "|FD_[A-Z]+|CMSG_[A-Z]+|sizeof|K_M?SEC(ONDS)?|MQTT_UTF8_LITERAL|mqtt_client_init)";

    private final FunctionDocs docs = new FunctionDocs();

    @Test
    void areCalledByTests() {
        JavaClasses classes = ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false); // quicker
            return new ClassFileImporter().importPackages("dev.zsock");
        });
        Path tests = folder(classes.get(PublicFunctionsTest.class));
        Set<String> never = new TreeSet<>();
        for (JavaMethod function : functions(classes)) {
            Set<? extends JavaAccess<?>> accesses = function.getAccessesToSelf();
            if (accesses.stream().noneMatch(a -> folder(a.getOriginOwner()).equals(tests))) {
                never.add(function.getFullName());
            }
        }
        assertThat(never).isEmpty();
    }

    /** Where the class file's packages begin. */
    private static Path folder(JavaClass type) {
        Path file = Path.of(type.getSource().orElseThrow().getUri());
        int depth = type.getPackageName().split("\\.").length + 1;
        for (int i = 0; i < depth; i++) {
            file = file.getParent();
        }
        return file;
    }

    private static List<JavaMethod> functions(JavaClasses classes) {
        List<JavaMethod> all = new ArrayList<>();
        for (Class<?> header : HEADERS) {
            for (JavaMethod method : classes.get(header).getAllMethods()) {
                Set<JavaModifier> modifiers = method.getModifiers();
                if (modifiers.contains(JavaModifier.PUBLIC)
                        && modifiers.contains(JavaModifier.STATIC)
                        && method.getOwner().getPackageName().startsWith("dev.zsock")) {
                    all.add(method);
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(200);
        return all;
    }

    @Test
    void nameTheirErrnos() {
        List<String> missing = docs.functions().stream()
                .filter(f -> docs.errnos(f).isEmpty() != f.name().matches(CANNOT_FAIL))
                .map(Object::toString)
                .toList();
        assertThat(missing).isEmpty();
        assertThat(docs.functions()).hasSizeGreaterThan(200);
    }

    @Test
    void nameOnlyErrnosThatThereAre() {
        Set<String> there = Stream.of(ErrnoAbi.class, NetdbAbi.class)
                .flatMap(abi -> Stream.of(abi.getDeclaredFields()))
                .map(Field::getName)
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        docs.functions().forEach(f -> unknown.addAll(f.names()));
        unknown.removeAll(there);
        assertThat(unknown).isEmpty();
    }
}
