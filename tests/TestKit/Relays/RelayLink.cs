using System.Net;
using System.Net.Sockets;

namespace Actors.TestKit.Relays;

/// <summary>One connection through a relay. While it is held, what was sent waits, as behind a cable that was pulled.</summary>
internal sealed class RelayLink(Socket client) : IDisposable
{
    private const int BufferBytes = 64 << 10;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private volatile TaskCompletionSource? _held;
    private long _passed;

    /// <summary>The port of who dialed.</summary>
    public int ClientPort { get; } = ((IPEndPoint)client.RemoteEndPoint!).Port;

    /// <summary>Bytes that have passed, in both directions.</summary>
    public long Passed => Volatile.Read(ref _passed);

    /// <summary>Nothing passes until it is released.</summary>
    public void Hold() => Interlocked.CompareExchange(ref _held, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    public void Release() => Interlocked.Exchange(ref _held, null)?.TrySetResult();

    /// <summary>Both ends are told that the connection is broken.</summary>
    public void Dispose()
    {
        client.Close(0);
        _server.Close(0);
        Release();
    }

    /// <summary>Passes everything on until both ends have ended.</summary>
    public async Task RunAsync(IPEndPoint target)
    {
        try
        {
            client.NoDelay = true;
            await PassableAsync();
            await _server.ConnectAsync(target);
            await Task.WhenAll(PumpAsync(client, _server), PumpAsync(_server, client));
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // An end that broke breaks the other one.
        }
        finally
        {
            Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[BufferBytes];
            while (true)
            {
                var count = await from.ReceiveAsync(buffer);
                await PassableAsync();
                if (count == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                Interlocked.Add(ref _passed, count);
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }
        }
        catch (SocketException)
        {
            await PassableAsync();
            Dispose();
        }
    }

    private async Task PassableAsync()
    {
        while (_held is { } held)
        {
            await held.Task;
        }
    }
}
