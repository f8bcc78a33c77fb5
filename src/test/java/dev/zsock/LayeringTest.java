package dev.zsock;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The arrows of docs/ARCHITECTURE.md. javac inlines the constants of uapi, so what is seen here are
 * uses of types.
 */
@Tag("slow")
class LayeringTest {
    private static final String INTERNAL = "dev.zsock.internal.";
    private static JavaClasses classes;

    @BeforeAll
    static void load() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.zsock");
    }

    @Test
    void arrowsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("mqtt")
                .definedBy("dev.zsock.mqtt..")
                .layer("facade")
                .definedBy("dev.zsock")
                .layer("websocket")
                .definedBy(INTERNAL + "websocket..")
                .layer("tls")
                .definedBy(INTERNAL + "tls..")
                .layer("inet")
                .definedBy(INTERNAL + "inet..")
                .layer("http")
                .definedBy(INTERNAL + "http..")
                .layer("fd")
                .definedBy(INTERNAL + "fd..")
                .layer("file")
                .definedBy(INTERNAL + "file..")
                .layer("kernel")
                .definedBy(INTERNAL + "kernel..")
                .layer("trace")
                .definedBy(INTERNAL + "trace..")
                .layer("uapi")
                .definedBy("dev.zsock.uapi..")
                .whereLayer("mqtt")
                .mayOnlyAccessLayers("facade", "trace", "uapi")
                .whereLayer("facade")
                .mayOnlyBeAccessedByLayers("mqtt")
                .whereLayer("websocket")
                .mayOnlyAccessLayers("http", "file", "trace", "uapi")
                .whereLayer("tls")
                .mayOnlyAccessLayers("file", "trace", "uapi")
                .whereLayer("inet")
                .mayOnlyAccessLayers("file", "kernel", "trace", "uapi")
                .whereLayer("http")
                .mayOnlyAccessLayers("file", "trace", "uapi")
                .whereLayer("fd")
                .mayOnlyAccessLayers("file", "trace", "uapi")
                .whereLayer("file")
                .mayOnlyAccessLayers("uapi")
                .whereLayer("kernel")
                .mayOnlyAccessLayers("trace", "uapi")
                .whereLayer("trace")
                .mayNotAccessAnyLayer()
                .whereLayer("uapi")
                .mayNotAccessAnyLayer()
                .check(classes);
    }

    @Test
    void oneNativeDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INTERNAL + "kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai..")
                .check(classes);
    }

    @Test
    void everyClassHasALayer() {
        noClasses()
                .should()
                .resideOutsideOfPackages(
                        "dev.zsock",
                        "dev.zsock.mqtt..",
                        "dev.zsock.uapi..",
                        INTERNAL + "websocket..",
                        INTERNAL + "tls..",
                        INTERNAL + "inet..",
                        INTERNAL + "http..",
                        INTERNAL + "fd..",
                        INTERNAL + "file..",
                        INTERNAL + "kernel..",
                        INTERNAL + "trace..")
                .check(classes);
    }

    @Test
    void publicFunctionsShowNoInternalType() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(publicClasses())
                .should()
                .haveRawReturnType(internal())
                .orShould()
                .haveRawParameterTypes(describe(
                        "with an internal one", types -> types.stream().anyMatch(internal())))
                .allowEmptyShould(true)
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> internal() {
        return resideInAPackage(INTERNAL + ".");
    }

    private static DescribedPredicate<JavaClass> publicClasses() {
        return describe(
                "public outside of internal",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !internal().test(type));
    }
}
