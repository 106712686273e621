using System.Security.Cryptography.X509Certificates;
using Actors.Api.Settings;
using Actors.Silo.Settings;

namespace Actors.Api.Https;

/// <summary>The certificate in use, made anew when the machine's addresses change or its end nears.</summary>
internal sealed class LocalCertificate : IDisposable
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private readonly Lock _lock = new();
    private readonly LocalAuthority _authority;
    private readonly Func<MachineNames> _names;
    private readonly TimeProvider _time;
    private X509Certificate2? _certificate;
    private string _certified = "";
    private DateTimeOffset _checkAt;

    public LocalCertificate(DataOptions data, HttpsOptions https, PublicOptions publicOptions, TimeProvider time)
        : this(LocalAuthority.In(data, time), () => MachineNames.Current(https, publicOptions), time)
    {
    }

    internal LocalCertificate(LocalAuthority authority, Func<MachineNames> names, TimeProvider time)
    {
        _authority = authority;
        _names = names;
        _time = time;
    }

    /// <summary>Where the authority's certificate lies.</summary>
    public string AuthorityPath => _authority.CertificatePath;

    /// <summary>The certificate for the next connection.</summary>
    public X509Certificate2 Current
    {
        get
        {
            lock (_lock)
            {
                var now = _time.GetUtcNow();
                if (_certificate is null || now >= _checkAt)
                {
                    Renew(now);
                }

                return _certificate!;
            }
        }
    }

    public void Dispose() => _certificate?.Dispose();

    private void Renew(DateTimeOffset now)
    {
        _checkAt = now + CheckEvery;
        var names = _names();
        var wanted = string.Join(' ', [.. names.Dns, .. names.Addresses.Select(address => address.ToString())]);
        if (_certificate is not null && wanted == _certified && _certificate.NotAfter.ToUniversalTime() > (now + RenewBefore).UtcDateTime)
        {
            return;
        }

        using var authority = _authority.OpenOrCreate(names);
        // connections that hold the old one may still be in their handshake: the collector ends it, not we
        _certificate = _authority.Issue(authority, names);
        _certified = wanted;
    }
}
