using System.Net;
using System.Net.Sockets;
using Actors.Engine.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Actors.Engine.Transport;

/// <summary>Lets other processes in. Who does not prove in time that he belongs is cut off; so is the first of too many.</summary>
internal sealed class Listener(TransportOptions options, ILogger log) : IDisposable
{
    private const int Backlog = 512;

    private readonly LinkedList<CancellationTokenSource> _strangers = new();
    private Socket? _socket;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)(_socket?.LocalEndPoint ?? options.Listen);

    /// <summary>Takes the address and port.</summary>
    /// <exception cref="SocketException">They cannot be had.</exception>
    public void Bind()
    {
        var socket = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(options.Listen);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _socket = socket;
    }

    /// <summary>Begins to let others in.</summary>
    public void Start(TransportHub hub, IConnectionHost host)
    {
        _socket!.Listen(Backlog);
        _ = AcceptAsync(_socket, hub, host);
    }

    public void Dispose() => _socket?.Dispose();

    private async Task AcceptAsync(Socket listening, TransportHub hub, IConnectionHost host)
    {
        while (true)
        {
            try
            {
                var socket = await listening.AcceptAsync();
                socket.NoDelay = true;
                _ = GreetAsync(new NetworkStream(socket, ownsSocket: true), socket.RemoteEndPoint, hub, host);
            }
            catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException error)
            {
                // One that went away before it was accepted, or no free descriptor: others may do better.
                EngineLog.NotAccepted(log, error);
                await Task.Delay(TimeSpan.FromMilliseconds(50), hub.Time);
            }
        }
    }

    private async Task GreetAsync(NetworkStream stream, EndPoint? from, TransportHub hub, IConnectionHost host)
    {
        using var limit = new CancellationTokenSource(options.HandshakeTimeout, hub.Time);
        var place = Admit(limit);
        var buffer = new FrameBuffer(Handshake.MaxFrame);
        try
        {
            var peer = await (await hub.HandshakeAsync(limit.Token)).ListenAsync(stream, buffer, limit.Token);
            buffer.MaxFrame = options.MaxFrame;
            hub.Add(new Connection(stream, buffer, peer, isDialed: false, host, options));
        }
        catch (Exception error)
        {
            EngineLog.StrangerRefused(log, from, error.Message);
            buffer.Dispose();
            await stream.DisposeAsync();
        }
        finally
        {
            lock (_strangers)
            {
                if (place.List is not null)
                {
                    _strangers.Remove(place);
                }
            }
        }
    }

    private LinkedListNode<CancellationTokenSource> Admit(CancellationTokenSource limit)
    {
        CancellationTokenSource? first = null;
        LinkedListNode<CancellationTokenSource> place;
        lock (_strangers)
        {
            if (_strangers.Count >= options.MaxStrangers)
            {
                first = _strangers.First!.Value;
                _strangers.RemoveFirst();
            }

            place = _strangers.AddLast(limit);
        }

        try
        {
            first?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // He proved himself, or gave up, at this moment.
        }

        return place;
    }
}
