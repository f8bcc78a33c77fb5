package dev.zsock.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * JNR's stubs for x86-64 hand a function of exactly six integer parameters the caller's return
 * address as the sixth (seen with jnr-ffi 2.3.4: {@code recvfrom} then wrote the address length
 * into the JVM's code). Five and seven are right.
 */
class PrototypesTest {
    @ParameterizedTest
    @ValueSource(classes = {JnrLibC.LibC.class, Resolver.NetdbC.class})
    void noFunctionHasSixParameters(Class<?> prototypes) {
        assertThat(Arrays.stream(prototypes.getDeclaredMethods())
                        .filter(m -> m.getParameterCount() == 6)
                        .map(Method::getName))
                .isEmpty();
    }
}
