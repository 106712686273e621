using System.Net;
using System.Net.Sockets;
using Actors.TestKit.Relays;

namespace Actors.Unit.Tests.TestKit;

/// <summary>The relay that stands for the network must pass everything on, and nothing while it is cut.</summary>
public sealed class TcpRelayTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly TcpRelay _relay;

    public TcpRelayTests()
    {
        _server.Start();
        _relay = TcpRelay.Start((IPEndPoint)_server.LocalEndpoint);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _relay.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Relay_Whole_PassesBothWaysAndTheEnd()
    {
        var (client, server) = await ConnectAsync();

        await client.SendAsync(new byte[] { 1 }, Cancel);
        Assert.Equal(1, await ReceiveAsync(server));
        await server.SendAsync(new byte[] { 2 }, Cancel);
        Assert.Equal(2, await ReceiveAsync(client));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(-1, await ReceiveAsync(server));
        server.Dispose();
        Assert.Equal(-1, await ReceiveAsync(client));
    }

    [Fact]
    public async Task Cut_ThenHealed_HoldsBackAndLosesNothing()
    {
        var (client, server) = await ConnectAsync();

        _relay.Cut();
        await client.SendAsync(new byte[] { 1 }, Cancel);
        var received = ReceiveAsync(server);
        var late = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await late.ConnectAsync(_relay.Endpoint, Cancel);
        Assert.False(_server.Pending());
        Assert.False(received.IsCompleted);

        _relay.Heal();
        Assert.Equal(1, await received);
        await _server.AcceptSocketAsync(Cancel);
    }

    [Fact]
    public async Task Cut_OfAnotherProcess_PassesOurs()
    {
        _relay.Cut(1);
        var (client, server) = await ConnectAsync();
        await client.SendAsync(new byte[] { 1 }, Cancel);
        Assert.Equal(1, await ReceiveAsync(server));
    }

    [Fact]
    public async Task Cut_OfThisProcess_PassesNothing()
    {
        var (client, server) = await ConnectAsync();
        _relay.Cut(Environment.ProcessId);
        await client.SendAsync(new byte[] { 1 }, Cancel);
        var received = ReceiveAsync(server);
        Assert.False(received.IsCompleted);
        _relay.Heal();
        Assert.Equal(1, await received);
    }

    [Fact]
    public async Task Refuse_AConnection_EndsItAndNewOnes()
    {
        var (client, server) = await ConnectAsync();

        _relay.Refuse();

        Assert.Equal(-1, await ReceiveAsync(client));
        Assert.Equal(-1, await ReceiveAsync(server));
        Assert.Equal(-1, await ConnectAndReceiveAsync());
    }

    private async Task<int> ConnectAndReceiveAsync()
    {
        using var late = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await late.ConnectAsync(_relay.Endpoint, Cancel);
            return await ReceiveAsync(late);
        }
        catch (SocketException)
        {
            return -1;
        }
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_relay.Endpoint, Cancel);
        return (client, await _server.AcceptSocketAsync(Cancel));
    }

    // -1 is the end, however it came.
    private static async Task<int> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[1];
        try
        {
            return await socket.ReceiveAsync(buffer, Cancel) == 0 ? -1 : buffer[0];
        }
        catch (SocketException)
        {
            return -1;
        }
    }
}
