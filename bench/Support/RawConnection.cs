using System.Buffers.Text;
using System.Net.Sockets;

namespace Actors.Bench.Support;

/// <summary>
/// One kept-alive HTTP/1.1 connection, driven by blocking calls with bytes that were made before: it costs the machine
/// a tenth of HttpClient, so that what is measured is the server.
/// </summary>
public sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 << 10];

    public RawConnection(Uri server)
    {
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _socket.Connect(server.Host, server.Port);
    }

    /// <summary>Sends a request and returns the answer's body, valid until the next one.</summary>
    /// <exception cref="InvalidDataException">The status is not 200.</exception>
    public ReadOnlySpan<byte> Exchange(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[_socket.Send(request)..];
        }

        var received = 0;
        int headers;
        do
        {
            received += Receive(received);
            headers = _buffer.AsSpan(0, received).IndexOf("\r\n\r\n"u8);
        }
        while (headers < 0);

        var length = ContentLength(_buffer.AsSpan(0, headers));
        var start = headers + 4;
        while (length is { } known ? received < start + known : !_buffer.AsSpan(0, received).EndsWith("0\r\n\r\n"u8))
        {
            received += Receive(received);
        }

        return _buffer.AsSpan(start, received - start);
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(int at)
    {
        if (at == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = _socket.Receive(_buffer.AsSpan(at));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    /// <summary>Null for an answer in chunks, which is returned with their marks.</summary>
    private static int? ContentLength(ReadOnlySpan<byte> headers)
    {
        var name = "\r\nContent-Length: "u8;
        var at = headers.IndexOf(name);
        return !headers.StartsWith("HTTP/1.1 200 "u8) ? throw new InvalidDataException($"Not a 200: {System.Text.Encoding.UTF8.GetString(headers)}")
            : at >= 0 && Utf8Parser.TryParse(headers[(at + name.Length)..], out int length, out _) ? length
            : null;
    }
}
