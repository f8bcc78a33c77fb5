package dev.zsock.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a fence in memory against the test's class path and runs it, with assertions on. */
final class FenceRunner {
    private static final String CLASS_NAME = "Fence";

    private final Fence fence;
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    private FenceRunner(Fence fence) {
        this.fence = fence;
    }

    /** Throws what the fence throws, or an AssertionError that says why it could not run. */
    static void run(Fence fence, Duration limit) throws Throwable {
        FenceRunner runner = new FenceRunner(fence);
        runner.compile();
        runner.execute(limit);
    }

    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        try (StandardJavaFileManager disk =
                compiler.getStandardFileManager(diagnostics, null, null)) {
            JavaFileManager memory = new Memory(disk);
            List<JavaFileObject> source = List.of(new Source(fence.source(CLASS_NAME)));
            if (compiler.getTask(null, memory, diagnostics, options, null, source)
                    .call()) {
                return;
            }
        }
        throw new AssertionError(diagnostics.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(d -> fence.page() + ":" + d.getLineNumber() + ": " + d.getMessage(null))
                .collect(Collectors.joining("\n", "does not compile:\n", "")));
    }

    private void execute(Duration limit) throws Throwable {
        Loader loader = new Loader();
        loader.setDefaultAssertionStatus(true);
        FutureTask<Void> task = new FutureTask<>(() -> {
            invoke(loader);
            return null;
        });
        Thread thread = new Thread(task, fence.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            AssertionError late = new AssertionError(fence.name() + " ran longer than " + limit);
            late.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            throw late;
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private void invoke(ClassLoader loader) throws Exception {
        String named = Prelude.className(fence.prelude());
        String wanted = fence.isType() ? named : CLASS_NAME;
        Prelude prelude = newPrelude(loader.loadClass(wanted));
        try {
            if (fence.isType()) {
                main(loader, prelude.preludeArgs());
            } else {
                prelude.run();
            }
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause());
        } catch (Throwable e) {
            throw thrown(e);
        } finally {
            prelude.preludeEnd();
        }
    }

    /** A prelude that lacks its server aborts the test. */
    private static Prelude newPrelude(Class<?> type) throws Exception {
        try {
            return (Prelude) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause());
        }
    }

    private static Exception thrown(Throwable e) throws Exception {
        if (e instanceof Error error) {
            throw error;
        }
        return (Exception) e;
    }

    private void main(ClassLoader loader, String[] args) throws Exception {
        for (String name : classes.keySet()) {
            try {
                var main = loader.loadClass(name).getDeclaredMethod("main", String[].class);
                main.setAccessible(true);
                main.invoke(null, (Object) args);
                return;
            } catch (NoSuchMethodException e) {
                continue; // perhaps the next class has one
            }
        }
        throw new AssertionError(fence.name() + " declares types without main: it cannot be run");
    }

    private final class Loader extends ClassLoader {
        Loader() {
            super(FenceRunner.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///" + CLASS_NAME + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true; // a page may declare a public class of any name
        }
    }

    private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        Memory(JavaFileManager disk) {
            super(disk);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            URI uri = URI.create("string:///" + name.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
