using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.Api.Hosting;
using Actors.Silo.Settings;

namespace Actors.Api.Https;

/// <summary>A certificate authority of this machine, kept in the data folder; phones that trust it trust this server.</summary>
internal sealed class LocalAuthority(string folder, TimeProvider time)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(10 * 365);
    private static readonly TimeSpan ClockSlack = TimeSpan.FromDays(1);

    /// <summary>How long a certificate is good; browsers take none of over 398 days.</summary>
    public static readonly TimeSpan CertificateLife = TimeSpan.FromDays(200);

    /// <summary>The authority of a data folder.</summary>
    public static LocalAuthority In(DataOptions data, TimeProvider? time = null) => new(Path.Combine(data.FullPath, "https"), time ?? TimeProvider.System);

    /// <summary>The authority's certificate, for those who will trust it.</summary>
    public string CertificatePath => Path.Combine(folder, "ca.crt");

    private string KeyPath => Path.Combine(folder, "ca.key");

    /// <summary>The authority, made anew when there is none, it nears its end, or it may not certify these names.</summary>
    public X509Certificate2 OpenOrCreate(MachineNames names)
    {
        if (File.Exists(KeyPath) && File.Exists(CertificatePath))
        {
            var kept = X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);
            if (kept.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime + CertificateLife && NameConstraints.Permit(kept, names))
            {
                return kept;
            }

            kept.Dispose();
        }

        return Create(names);
    }

    /// <summary>A server certificate for these names, signed by the authority.</summary>
    public X509Certificate2 Issue(X509Certificate2 authority, MachineNames names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Actors", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(AlternativeNames(names));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = time.GetUtcNow();
        using var issued = request.Create(authority, now - ClockSlack, now + CertificateLife, Serial());
        using var withKey = issued.CopyWithPrivateKey(key);
        // Windows' TLS wants a key that came with its certificate
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
    }

    private X509Certificate2 Create(MachineNames names)
    {
        Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Actors on {Environment.MachineName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(NameConstraints.Create(names));
        var now = time.GetUtcNow();
        var authority = request.CreateSelfSigned(now - ClockSlack, now + AuthorityLife);
        OwnerFile.Write(KeyPath, key.ExportPkcs8PrivateKeyPem());
        OwnerFile.Write(CertificatePath, authority.ExportCertificatePem());
        return authority;
    }

    private static X509Extension AlternativeNames(MachineNames names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Dns)
        {
            builder.AddDnsName(name);
        }

        foreach (var address in names.Addresses)
        {
            builder.AddIpAddress(address);
        }

        return builder.Build();
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        // a serial is a positive number
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
