using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Actors.Silo.Mail;

/// <summary>Lines to and from a mail server; no wait is longer than the time-out.</summary>
internal sealed class SmtpChannel(MailOptions options, Stream stream, TimeProvider time) : IAsyncDisposable
{
    private const int MaxReplyLines = 100;
    private readonly byte[] _buffer = new byte[8192];
    private Stream _stream = stream;
    private int _start;
    private int _end;

    public static async Task<SmtpChannel> ConnectAsync(MailOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new TcpClient { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(options.Timeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await socket.ConnectAsync(options.Host!, options.EffectivePort, both.Token);
            return new SmtpChannel(options, socket.GetStream(), time);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new SmtpException($"no connection to {options.Host}:{options.EffectivePort}", failure);
        }
    }

    public async Task EncryptAsync(CancellationToken cancellationToken)
    {
        // what came before the handshake was not encrypted: a man in the middle may have said it
        if (_start != _end)
        {
            throw new SmtpException("the server spoke before the encryption began");
        }

        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        try
        {
            var tlsOptions = new SslClientAuthenticationOptions { TargetHost = options.Host, CertificateChainPolicy = ChainPolicy() };
            await LimitedAsync(token => tls.AuthenticateAsClientAsync(tlsOptions, token), cancellationToken);
        }
        catch (AuthenticationException failure)
        {
            throw new SmtpException($"the server's certificate is not good for {options.Host}", failure);
        }
    }

    public async Task<SmtpReply> AskAsync(string command, CancellationToken cancellationToken)
    {
        await WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        return await ReadReplyAsync(cancellationToken);
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => LimitedAsync(async token =>
    {
        await _stream.WriteAsync(bytes, token);
        await _stream.FlushAsync(token);
    }, cancellationToken);

    public async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (lines.Count < MaxReplyLines)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code) || code is < 200 or > 599 || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                throw new SmtpException("the server does not speak SMTP");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpReply(code, lines);
            }
        }

        throw new SmtpException("the server's answer does not end");
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>The system's own rules, or the authority that the settings name and no other.</summary>
    private X509ChainPolicy? ChainPolicy()
    {
        if (options.Authority is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(options.Authority);
        return policy;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, end - _start).TrimEnd('\r');
                _start = end + 1;
                return line;
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _buffer.Length)
            {
                throw new SmtpException("the server's answer has a line that does not end");
            }

            var read = 0;
            await LimitedAsync(async token => read = await _stream.ReadAsync(_buffer.AsMemory(_end), token), cancellationToken);
            if (read == 0)
            {
                throw new SmtpException("the server closed the connection");
            }

            _end += read;
        }
    }

    private async Task LimitedAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await work(both.Token);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SmtpException("the server did not answer in time", failure);
        }
        catch (Exception failure) when (failure is IOException and not SmtpException or ObjectDisposedException)
        {
            throw new SmtpException("the connection was lost", failure);
        }
    }
}
