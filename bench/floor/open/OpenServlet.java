import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.management.JMException;
import javax.management.ObjectName;

/** The same answer without JAX-RS; GET gives the bytes that the JVM's running threads have allocated. */
@WebServlet("/servlet")
public class OpenServlet extends HttpServlet {

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        send(response, Echo.answer(body));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long[] threads = ManagementFactory.getThreadMXBean().getAllThreadIds();
        try {
            long sum = 0;
            long[] each = (long[]) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                            "getThreadAllocatedBytes",
                            new Object[] {threads},
                            new String[] {"[J"});
            for (long bytes : each) {
                sum += Math.max(0, bytes);
            }
            send(response, String.valueOf(sum));
        } catch (JMException e) {
            throw new IOException(e);
        }
    }

    private static void send(HttpServletResponse response, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
