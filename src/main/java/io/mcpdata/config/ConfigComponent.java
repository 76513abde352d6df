package io.mcpdata.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record of the configuration: its key in the file, its value, and how a number, flag, duration or
 * choice is read. Immutable and thread-safe.
 */
final class ConfigComponent {

    private final RecordComponent component;
    private final @Nullable ConfigKey key;

    private ConfigComponent(RecordComponent component) {
        this.component = component;
        this.key = component.getAnnotation(ConfigKey.class);
    }

    static List<ConfigComponent> of(Class<?> type) {
        return Stream.of(type.getRecordComponents()).map(ConfigComponent::new).toList();
    }

    static ConfigComponent of(Class<? extends Record> type, String name) {
        return of(type).stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " has no key " + name));
    }

    /** The names of all keys, in the order of the components. */
    static String[] names(Class<? extends Record> type) {
        return of(type).stream().map(ConfigComponent::name).toArray(String[]::new);
    }

    /** Reads a section whose keys are all numbers, flags, durations or choices. */
    static <R extends Record> R read(Class<R> type, Section section) {
        return read(type, section, Map.of());
    }

    /** @param others the values of the keys that are read by other rules, by their names */
    static <R extends Record> R read(Class<R> type, Section section, Map<String, Object> others) {
        section.only(names(type));
        return create(
                type,
                of(type).stream()
                        .map(component -> others.containsKey(component.name())
                                ? others.get(component.name())
                                : component.read(section)));
    }

    /** The record of such a section that the file does not have. */
    static <R extends Record> R standard(Class<R> type) {
        return create(type, of(type).stream().map(ConfigComponent::standard));
    }

    private static <R extends Record> R create(Class<R> type, Stream<Object> values) {
        Class<?>[] types = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static int number(Class<? extends Record> type, String name, Section section) {
        return (int) of(type, name).read(section);
    }

    static boolean flag(Class<? extends Record> type, String name, Section section) {
        return (boolean) of(type, name).read(section);
    }

    /** One of an enum's constants. */
    static <E extends Enum<E>> E choice(Class<E> choices, Class<? extends Record> type, String name, Section section) {
        return choices.cast(of(type, name).read(section));
    }

    static Duration duration(Class<? extends Record> type, String name, Section section) {
        return (Duration) of(type, name).read(section);
    }

    /** The name of the key. */
    String name() {
        return path().substring(path().lastIndexOf('.') + 1);
    }

    /** The key with those around it. */
    String path() {
        return key == null || key.value().isEmpty()
                ? component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
                : key.value();
    }

    boolean isTold() {
        return key == null || key.told();
    }

    boolean isFromNextStart() {
        return key != null && key.fromNextStart();
    }

    Class<?> type() {
        return component.getType();
    }

    /** Empty if the schema's file describes the key. */
    Optional<ConfigKey> described() {
        return Optional.ofNullable(key).filter(known -> !known.about().isEmpty());
    }

    Object valueIn(Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The default. */
    Object standard() {
        if (type() == Optional.class) {
            return Optional.empty();
        }
        if (type() == List.class) {
            return List.of();
        }
        if (type().isRecord()) {
            return standard(type().asSubclass(Record.class));
        }
        String text = known().standard();
        if (type() == int.class) {
            return Integer.valueOf(text);
        }
        if (type() == boolean.class) {
            return Boolean.valueOf(text);
        }
        return type() == Duration.class ? DurationText.parse(text) : choice(type(), text);
    }

    private Object read(Section section) {
        Object standard = standard();
        if (standard instanceof Integer number) {
            return section.number(name(), number, known().least(), known().most());
        }
        if (standard instanceof Boolean flag) {
            return section.flag(name(), flag);
        }
        if (standard instanceof Duration duration) {
            String longest = known().longest();
            return longest.isEmpty()
                    ? section.duration(name(), duration)
                    : section.duration(
                            name(),
                            duration,
                            DurationText.parse(longest),
                            "at most " + longest + ", because " + known().because());
        }
        return section.convert(name(), standard, String.join(" or ", choices()), text -> choice(type(), text));
    }

    /** What a choice may be. */
    List<String> choices() {
        return choices(type());
    }

    /** The constants of an enum as the file has them. */
    static List<String> choices(Class<?> type) {
        return Stream.of(type.getEnumConstants()).map(ConfigComponent::text).toList();
    }

    /** @throws IllegalArgumentException if the text is none of the choices */
    static <T> T choice(Class<T> type, String text) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> text(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of " + choices(type)));
    }

    /** An enum constant as the file has it. */
    static String text(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    private ConfigKey known() {
        if (key == null) {
            throw new IllegalStateException(component + " has no @ConfigKey");
        }
        return key;
    }
}
