package io.mcpdata.conformance;

import io.mcpdata.protocol.ContentBlock;
import io.mcpdata.protocol.ContentBlock.Audio;
import io.mcpdata.protocol.ContentBlock.Embedded;
import io.mcpdata.protocol.ContentBlock.Image;
import io.mcpdata.protocol.ResourceContents;
import java.util.Base64;

/** Small contents that are not text. */
final class Media {

    /** One red pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    /** No samples. */
    private static final String WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

    static final ContentBlock IMAGE = Image.of(png(), "image/png");
    static final ContentBlock AUDIO = Audio.of(Base64.getDecoder().decode(WAV), "audio/wav");

    private Media() {}

    static byte[] png() {
        return Base64.getDecoder().decode(PNG);
    }

    static ContentBlock embedded(String uri, String mimeType, String text) {
        return new Embedded(ResourceContents.text(uri, mimeType, text));
    }
}
