package dev.lanegrad.autodiff;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;

/** A module that exports and opens nothing, with a service that gives records of its own. */
final class ClosedModule {
  /** Copies of these classes are inside of the module. */
  private static final Set<String> INSIDE =
      Set.of(Service.class.getName(), Loss.class.getName(), Names.class.getName());

  private static final ModuleDescriptor DESCRIPTOR =
      ModuleDescriptor.newModule("closed")
          .packages(Set.of(Service.class.getPackageName()))
          .provides(Supplier.class.getName(), List.of(Service.class.getName()))
          .build();

  record Loss(String name, Optional<Tensor> value) {}

  record Names(List<String> names, double loss) {}

  /** What the module gives, one record after the other. */
  public static final class Service implements Supplier<List<Record>> {
    @Override
    public List<Record> get() {
      return List.of(
          new Loss("mean", Optional.of(Tensor.of(1.0))), new Names(List.of("mean"), 0.5));
    }
  }

  private ClosedModule() {}

  /** A {@link Loss} and {@link Names} that nobody outside of their module can read. */
  @SuppressWarnings("unchecked")
  static List<Record> records() {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(), new Finder(), Set.of("closed"));
    ModuleLayer.Controller controller =
        ModuleLayer.defineModules(configuration, List.of(boot), name -> new Copying());
    Module module = controller.layer().findModule("closed").orElseThrow();
    controller.addReads(module, Tensor.class.getModule());
    ClosedModule.class.getModule().addUses(Supplier.class);
    return (List<Record>)
        ServiceLoader.load(controller.layer(), Supplier.class).findFirst().orElseThrow().get();
  }

  private static final class Finder implements ModuleFinder {
    private final ModuleReference reference =
        new ModuleReference(DESCRIPTOR, null) {
          @Override
          public ModuleReader open() {
            throw new UnsupportedOperationException();
          }
        };

    @Override
    public Optional<ModuleReference> find(String name) {
      return name.equals("closed") ? Optional.of(reference) : Optional.empty();
    }

    @Override
    public Set<ModuleReference> findAll() {
      return Set.of(reference);
    }
  }

  private static final class Copying extends ClassLoader {
    Copying() {
      super(ClosedModule.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return INSIDE.contains(name) ? copy(name) : super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String module, String name) {
      try {
        return copy(name);
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }

    private synchronized Class<?> copy(String name) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
      try (InputStream bytes = ClosedModule.class.getResourceAsStream(file)) {
        if (known != null || bytes == null) {
          return known == null ? super.loadClass(name, false) : known;
        }
        byte[] all = bytes.readAllBytes();
        return defineClass(name, all, 0, all.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
