using System.Text;
using Actors.Bench.Support;
using Actors.TestKit.Pdfs;
using Actors.TestKit.Processes;

namespace Actors.Bench.Printing;

/// <summary>Pins per second, and pins with their files.</summary>
public static class PrintUploads
{
    private const int FileBytes = 189_000;
    private const int Rounds = 3;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    public static async Task RunAsync()
    {
        await using var server = await ApiProcess.StartAsync(CancellationToken.None);
        using var shop = new PrintShop(server);
        await shop.OpenAsync();
        var health = Bytes(server.BaseAddress, "GET /healthz", "", [], "");
        var register = Bytes(
            server.BaseAddress, "POST /print/file", "application/json",
            Encoding.UTF8.GetBytes($$"""{"surname":"{{PrintShop.Surname}}","number":"{{PrintShop.Number}}","filename":"a.pdf"}"""), "");
        var upload = Multipart(PdfBuilder.OfLength(FileBytes));
        Console.WriteLine($"medians of {Rounds} rounds of {Window.TotalSeconds:0} s; print-api registered 142 a second and took 42 files of 189 KB a second");
        foreach (var callers in (int[])[16, 64])
        {
            Print($"baseline: GET /healthz, {callers} connections", callers, (_, connection) => connection.Exchange(health));
            Print($"register, {callers} connections", callers, (_, connection) => connection.Exchange(register));
            Print($"register + upload of {FileBytes / 1000} KB, {callers} connections", callers, (_, connection) =>
            {
                var answer = Encoding.UTF8.GetString(connection.Exchange(register));
                var pin = answer[(answer.IndexOf("\"pin\":\"", StringComparison.Ordinal) + 7)..][..6];
                connection.Exchange(Bytes(server.BaseAddress, $"POST /print/file/{pin}", "multipart/form-data; boundary=cut", upload, ""));
            });
        }

        void Print(string what, int callers, Action<int, RawConnection> exchange)
        {
            var rates = new List<double>();
            Samples? latencies = null;
            for (var round = 0; round < Rounds; round++)
            {
                var connections = Enumerable.Range(0, callers).Select(_ => new RawConnection(server.BaseAddress)).ToList();
                var until = TimeProvider.System.GetTimestamp() + (long)(Window.TotalSeconds * TimeProvider.System.TimestampFrequency);
                var result = ClosedLoop.Run(connections, (number, connection) =>
                {
                    exchange(number, connection);
                    return TimeProvider.System.GetTimestamp() < until;
                });
                connections.ForEach(connection => connection.Dispose());
                rates.Add(result.Latencies.Count / result.Elapsed.TotalSeconds);
                latencies = result.Latencies;
            }

            Console.WriteLine($"{what,-56} {rates.Order().ElementAt(Rounds / 2),9:0} a second; last round {latencies}");
        }
    }

    private static byte[] Bytes(Uri server, string line, string type, byte[] body, string headers) =>
    [
        .. Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: {server.Authority}\r\n{headers}{(type.Length == 0 ? "" : $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n")}\r\n"),
        .. body,
    ];

    private static byte[] Multipart(byte[] content) =>
    [
        .. "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"u8,
        .. content,
        .. "\r\n--cut--\r\n"u8,
    ];
}
