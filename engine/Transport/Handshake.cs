using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Actors.Engine.Cluster;
using Actors.Engine.Serialization;

namespace Actors.Engine.Transport;

/// <summary>
/// Both ends prove that they know the cluster's secret, by a keyed hash over both introductions with their random
/// numbers; the dialing one first. What follows is neither encrypted nor signed.
/// </summary>
internal sealed class Handshake(string clusterId, string secret, ProcessIdentity self)
{
    /// <summary>The newest version of the protocol, and the oldest that is still spoken.</summary>
    public const int Version = 1;

    /// <summary>The largest frame of a handshake.</summary>
    public const int MaxFrame = 1024;

    private const int OldestVersion = 1;
    private const int NonceBytes = 32;

    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "actors transport 1"u8);

    /// <summary>The dialing side. Returns who answered.</summary>
    /// <exception cref="ProtocolException">It is not of this cluster.</exception>
    public async Task<ProcessIdentity> DialAsync(Stream stream, FrameBuffer buffer, CancellationToken cancellationToken)
    {
        var hello = Introduction(OldestVersion, Version);
        await WriteAsync(stream, FrameKind.Hello, hello, cancellationToken);
        var challenge = await ReadAsync(stream, buffer, FrameKind.Challenge, cancellationToken);
        var peer = Read(challenge, out var oldest, out var newest);
        if (oldest != newest || oldest is < OldestVersion or > Version)
        {
            throw new ProtocolException($"The listener chose version {oldest} of the protocol; this process speaks {OldestVersion} to {Version}.");
        }

        await WriteAsync(stream, FrameKind.Proof, Proof("dialer", hello, challenge), cancellationToken);
        Check(await ReadAsync(stream, buffer, FrameKind.Welcome, cancellationToken), "listener", hello, challenge);
        return peer;
    }

    /// <summary>The listening side. Returns who dialed; a stranger learns nothing but that there is a protocol.</summary>
    /// <exception cref="ProtocolException">It is not of this cluster.</exception>
    public async Task<ProcessIdentity> ListenAsync(Stream stream, FrameBuffer buffer, CancellationToken cancellationToken)
    {
        var hello = await ReadAsync(stream, buffer, FrameKind.Hello, cancellationToken);
        var peer = Read(hello, out var oldest, out var newest);
        var version = Math.Min(newest, Version);
        if (version < OldestVersion || version < oldest)
        {
            throw new ProtocolException($"The dialer speaks versions {oldest} to {newest} of the protocol, this process {OldestVersion} to {Version}.");
        }

        var challenge = Introduction(version, version);
        await WriteAsync(stream, FrameKind.Challenge, challenge, cancellationToken);
        Check(await ReadAsync(stream, buffer, FrameKind.Proof, cancellationToken), "dialer", hello, challenge);
        await WriteAsync(stream, FrameKind.Welcome, Proof("listener", hello, challenge), cancellationToken);
        return peer;
    }

    private static async Task WriteAsync(Stream stream, FrameKind kind, byte[] payload, CancellationToken cancellationToken)
    {
        var frame = new byte[FrameBuffer.HeaderBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length + 1);
        frame[FrameBuffer.HeaderBytes - 1] = (byte)kind;
        payload.CopyTo(frame.AsSpan(FrameBuffer.HeaderBytes));
        await stream.WriteAsync(frame, cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, FrameBuffer buffer, FrameKind expected, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Take(buffer, expected) is { } payload)
            {
                return payload;
            }

            var count = await stream.ReadAsync(buffer.Free, cancellationToken);
            if (count == 0)
            {
                throw new ProtocolException("The other end closed the connection during the handshake.");
            }

            buffer.Advance(count);
        }
    }

    private static byte[]? Take(FrameBuffer buffer, FrameKind expected) =>
        !buffer.TryTake(out var kind, out var payload) ? null
        : kind == expected ? payload.ToArray()
        : throw new ProtocolException($"{kind} came where {expected} is due.");

    private byte[] Introduction(int oldest, int newest)
    {
        using var writer = new FieldWriter();
        writer.WriteVarint(1, (ulong)oldest);
        writer.WriteVarint(2, (ulong)newest);
        writer.WriteText(3, clusterId);
        GuidCodec.Instance.WriteField(writer, 4, self.ProcessId);
        writer.WriteBytes(5, RandomNumberGenerator.GetBytes(NonceBytes));
        if (self.Silo is { } silo)
        {
            writer.WriteText(6, silo.Id);
            writer.WriteSigned(7, silo.Epoch);
            writer.WriteText(8, silo.Endpoint);
        }

        return writer.WrittenSpan.ToArray();
    }

    private ProcessIdentity Read(byte[] introduction, out int oldest, out int newest)
    {
        (oldest, newest) = (0, 0);
        var process = Guid.Empty;
        var (cluster, id, endpoint) = ("", "", "");
        var (epoch, nonce) = (0L, 0);
        try
        {
            var reader = new FieldReader(introduction);
            while (reader.Next())
            {
                switch (reader.Id)
                {
                    case 1:
                        oldest = (int)reader.ReadVarint(int.MaxValue);
                        break;
                    case 2:
                        newest = (int)reader.ReadVarint(int.MaxValue);
                        break;
                    case 3:
                        cluster = reader.ReadText();
                        break;
                    case 4:
                        process = GuidCodec.Instance.ReadField(ref reader);
                        break;
                    case 5:
                        nonce = reader.ReadBytes().Length;
                        break;
                    case 6:
                        id = reader.ReadText();
                        break;
                    case 7:
                        epoch = reader.ReadSigned();
                        break;
                    case 8:
                        endpoint = reader.ReadText();
                        break;
                }
            }
        }
        catch (CodecException error)
        {
            throw new ProtocolException("The introduction cannot be read.", error);
        }

        if (cluster != clusterId || process == Guid.Empty || nonce != NonceBytes)
        {
            throw new ProtocolException("The introduction is not one of this cluster.");
        }

        return new ProcessIdentity(process, id.Length == 0 ? null : new ClusterMember(id, epoch, endpoint));
    }

    private byte[] Proof(string role, byte[] hello, byte[] challenge)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.ASCII.GetBytes(role));
        hash.AppendData(SHA256.HashData(hello));
        hash.AppendData(SHA256.HashData(challenge));
        return hash.GetHashAndReset();
    }

    private void Check(byte[] proof, string role, byte[] hello, byte[] challenge)
    {
        if (!CryptographicOperations.FixedTimeEquals(proof, Proof(role, hello, challenge)))
        {
            throw new ProtocolException("The other end does not know the cluster's secret.");
        }
    }
}
