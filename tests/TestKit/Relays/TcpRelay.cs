using System.Net;
using System.Net.Sockets;

namespace Actors.TestKit.Relays;

/// <summary>A port that passes everything on to another one until a test cuts it: the network in front of a process.</summary>
public sealed class TcpRelay : IDisposable
{
    private const int Backlog = 128;

    private readonly Lock _lock = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _target;
    private readonly List<RelayLink> _links = [];
    private Fault _fault = Fault.None;
    private int[] _processes = [];

    private TcpRelay(IPEndPoint target, int port)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(Backlog);
        Endpoint = (IPEndPoint)_listener.LocalEndPoint!;
        _ = AcceptAsync();
    }

    /// <summary>Where it is dialed.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>How many connections go through it.</summary>
    public int Connections
    {
        get
        {
            lock (_lock)
            {
                return _links.Count;
            }
        }
    }

    /// <summary>Bytes that have passed, in both directions, over the connections that a process has through it.</summary>
    public long PassedFor(int process)
    {
        lock (_lock)
        {
            return _links.Where(link => SocketOwner.IsOf(process, link.ClientPort, Endpoint.Port)).Sum(link => link.Passed);
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="target">Where everything goes; nobody has to listen there yet.</param>
    /// <param name="port">Its own port; 0 takes a free one.</param>
    public static TcpRelay Start(IPEndPoint target, int port = 0) => new(target, port);

    /// <summary>Nothing passes in either direction and nobody is told, as when a cable is pulled.</summary>
    /// <param name="processes">Whose connections; of everybody when there are none.</param>
    public void Cut(params int[] processes) => Begin(Fault.Silent, processes);

    /// <summary>Connections break, and new ones do at once, as when a firewall rejects them.</summary>
    /// <param name="processes">Whose connections; of everybody when there are none.</param>
    public void Refuse(params int[] processes) => Begin(Fault.Refused, processes);

    /// <summary>What was held back goes on, and everybody gets through.</summary>
    public void Heal() => Begin(Fault.None, []);

    public void Dispose()
    {
        _listener.Dispose();
        lock (_lock)
        {
            _links.ForEach(link => link.Dispose());
        }
    }

    private void Begin(Fault fault, int[] processes)
    {
        lock (_lock)
        {
            (_fault, _processes) = (fault, processes);
            foreach (var link in _links.ToArray())
            {
                Apply(link);
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = RunAsync(await _listener.AcceptAsync());
            }
            catch (Exception failure) when (failure is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                // Who dialed has gone already.
            }
        }
    }

    private async Task RunAsync(Socket client)
    {
        RelayLink link;
        lock (_lock)
        {
            try
            {
                link = new RelayLink(client);
            }
            catch (SocketException)
            {
                client.Dispose();
                return;
            }

            _links.Add(link);
            Apply(link);
        }

        await link.RunAsync(_target);
        lock (_lock)
        {
            _links.Remove(link);
        }
    }

    private void Apply(RelayLink link)
    {
        if (_fault is Fault.None || !Concerns(link))
        {
            link.Release();
        }
        else if (_fault is Fault.Silent)
        {
            link.Hold();
        }
        else
        {
            link.Dispose();
        }
    }

    private bool Concerns(RelayLink link) =>
        _processes.Length == 0 || Array.Exists(_processes, process => SocketOwner.IsOf(process, link.ClientPort, Endpoint.Port));

    private enum Fault
    {
        None,
        Silent,
        Refused,
    }
}
