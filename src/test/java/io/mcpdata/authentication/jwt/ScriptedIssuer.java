package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.jose.PublishedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers with its keys, fails, or lets the question hang, as the test says; counts the questions. */
final class ScriptedIssuer implements KeyFetch {

    private JWKSet keys;
    private boolean down;
    private boolean hanging;
    private int questions;
    private final List<CompletableFuture<PublishedKeys>> open = new ArrayList<>();

    ScriptedIssuer(JWKSet keys) {
        this.keys = keys;
    }

    synchronized void publish(JWKSet newKeys) {
        keys = newKeys;
    }

    synchronized void goDown() {
        down = true;
    }

    synchronized void comeBack() {
        down = false;
    }

    synchronized void hang() {
        hanging = true;
    }

    synchronized void answerAll() {
        hanging = false;
        open.forEach(question -> question.complete(answer()));
        open.clear();
    }

    synchronized int questions() {
        return questions;
    }

    private PublishedKeys answer() {
        return new PublishedKeys(keys, List.of());
    }

    @Override
    public synchronized CompletableFuture<PublishedKeys> fetch() {
        questions++;
        if (hanging) {
            CompletableFuture<PublishedKeys> question = new CompletableFuture<>();
            open.add(question);
            return question;
        }
        return down
                ? CompletableFuture.failedFuture(new KeysUnavailableException("down"))
                : CompletableFuture.completedFuture(answer());
    }
}
