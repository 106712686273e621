using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Actors.Engine.Cluster;
using Actors.Engine.Tests.Grains;
using Actors.TestKit.Clusters;

namespace Actors.Engine.Tests.Builtin.Cluster;

/// <summary>Who does not belong gets nothing, holds nothing up, and is cut off.</summary>
public sealed class StrangerTests : IAsyncLifetime
{
    private readonly SiloGroup _group = new(new MemoryMembershipTable(TimeProvider.System, new MembershipOptions()));
    private SiloGroup.Node _silo = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _silo = await _group.StartAsync(settings =>
        {
            settings.SiloId = "s1";
            settings.Transport.HandshakeTimeout = TimeSpan.FromMilliseconds(500);
            settings.Transport.MaxStrangers = 3;
        });
        await _silo.Membership.Active.WaitAsync(Stop);
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Fact]
    public async Task Stranger_SendsGarbage_IsCutOffWithoutAWord()
    {
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            using var stranger = await ConnectAsync();
            var bytes = new byte[random.Next(1, 5000)];
            random.NextBytes(bytes);
            await SendAsync(stranger, bytes);

            Assert.Equal(0, await ReceiveAsync(stranger));
        }

        await ServesAsync();
    }

    [Fact]
    public async Task Stranger_AnnouncesAHugeFrame_IsCutOffWithoutAWord()
    {
        using var stranger = await ConnectAsync();
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, int.MaxValue);
        await SendAsync(stranger, size);

        Assert.Equal(0, await ReceiveAsync(stranger));
        await ServesAsync();
    }

    [Fact]
    public async Task Stranger_SaysNothing_IsCutOffInTime()
    {
        using var stranger = await ConnectAsync();

        Assert.Equal(0, await ReceiveAsync(stranger));
    }

    [Fact]
    public async Task Strangers_MoreThanAllowed_TheFirstGoesAndAMemberGetsIn()
    {
        var strangers = new List<Socket>();
        for (var i = 0; i < 40; i++)
        {
            strangers.Add(await ConnectAsync());
        }

        await ServesAsync();
        Assert.All(await Task.WhenAll(strangers.Select(ReceiveAsync)), count => Assert.Equal(0, count));
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task Process_WithAnotherSecret_CallsNothing()
    {
        var other = await _group.StartAsync(settings =>
        {
            settings.IsSilo = false;
            settings.Transport.FindSecret = _ => ValueTask.FromResult("not the one of this test");
        });
        await other.SeesAsync(1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => other.Grains.GetGrain<IWorkerGrain>("worker:1").PassCancellableAsync("never", patience.Token));

        Assert.Equal(0, _silo.Activations);
        await ServesAsync();
    }

    private async Task ServesAsync()
    {
        var client = await _group.StartClientAsync();
        Assert.Equal(1, await client.Grains.GetGrain<IWorkerGrain>("worker:served").OneAsync());
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(_silo.Membership.Self!.Endpoint), Stop);
        return socket;
    }

    // Who is cut off while he still talks may see it as an error.
    private static async Task SendAsync(Socket socket, byte[] bytes)
    {
        try
        {
            await socket.SendAsync(bytes, Stop);
        }
        catch (SocketException)
        {
            // He is.
        }
    }

    private static async Task<int> ReceiveAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], Stop);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
