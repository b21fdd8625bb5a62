package dev.belay.state;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** JDK values that are saved as text and made anew from it: types chosen here, never by the file. */
final class TextValues {

    private static final Map<String, Function<String, Object>> PARSERS = Map.of(
            "url", TextValues::url,
            "path", Path::of,
            "file", File::new,
            "uri", URI::create,
            "charset", Charset::forName,
            "locale", Locale::forLanguageTag,
            "uuid", UUID::fromString,
            "zone", ZoneId::of,
            "currency", Currency::getInstance);

    private TextValues() {}

    static Optional<HeapNode.Text> of(Object object) {
        if (object instanceof Path p
                && ObjectPolicy.isJdk(p.getClass())
                && p.getFileSystem() == java.nio.file.FileSystems.getDefault()) {
            return Optional.of(new HeapNode.Text("path", p.toString()));
        } else if (object.getClass() == File.class) {
            return Optional.of(new HeapNode.Text("file", ((File) object).getPath()));
        } else if (object instanceof URI u) {
            return Optional.of(new HeapNode.Text("uri", u.toString()));
        } else if (object instanceof URL u) {
            return Optional.of(new HeapNode.Text("url", u.toString()));
        } else if (object instanceof Charset c) {
            return Optional.of(new HeapNode.Text("charset", c.name()));
        } else if (object instanceof Locale l) {
            return Optional.of(new HeapNode.Text("locale", l.toLanguageTag()));
        } else if (object instanceof UUID u) {
            return Optional.of(new HeapNode.Text("uuid", u.toString()));
        } else if (object instanceof ZoneId z) {
            return Optional.of(new HeapNode.Text("zone", z.getId()));
        } else if (object instanceof Currency c) {
            return Optional.of(new HeapNode.Text("currency", c.getCurrencyCode()));
        }
        return Optional.empty();
    }

    @SuppressWarnings("deprecation") // its replacement is younger than Java 17
    private static URL url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Object parse(HeapNode.Text text) {
        Function<String, Object> parser = PARSERS.get(text.type());
        if (parser == null) {
            throw new Unsupported(text.type(), "a value of this type is not known to this version of Belay");
        }
        try {
            return parser.apply(text.text());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unsupported(
                    text.type() + " '" + text.text() + "'", "it is none on this machine; resume where it was saved");
        }
    }
}
