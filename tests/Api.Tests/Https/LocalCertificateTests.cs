using System.Net;
using System.Security.Cryptography.X509Certificates;
using Actors.Api.Https;
using Actors.TestKit.Time;

namespace Actors.Api.Tests.Https;

public sealed class LocalCertificateTests : IDisposable
{
    private static readonly MachineNames Names = new(["localhost", "counter"], [IPAddress.Loopback, IPAddress.Parse("192.168.1.7"), IPAddress.Parse("203.0.113.9")]);
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-https-").FullName;
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private MachineNames _names = Names;

    [Fact]
    public void Current_FirstUse_IsSignedByTheKeptAuthority()
    {
        using var certificate = New();
        using var chain = Chain(certificate);

        Assert.True(chain.Build(certificate.Current), string.Join(',', chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(certificate.Current.MatchesHostname("192.168.1.7"));
        Assert.True(certificate.Current.MatchesHostname("counter"));
        Assert.True((certificate.Current.NotAfter - certificate.Current.NotBefore).TotalDays < 398);
    }

    [Fact]
    public void Current_Files_AreForTheirOwnerAlone()
    {
        using var certificate = New();
        Assert.NotNull(certificate.Current);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "ca.key")));
        }
    }

    [Fact]
    public void Current_AddressOfAPrivateNetworkChanges_KeepsTheAuthority()
    {
        using var certificate = New();
        var before = certificate.Current;
        var authority = File.ReadAllText(certificate.AuthorityPath);
        _names = Names with { Addresses = [IPAddress.Parse("10.3.4.5")] };
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotEqual(before.Thumbprint, certificate.Current.Thumbprint);
        Assert.True(certificate.Current.MatchesHostname("10.3.4.5"));
        Assert.Equal(authority, File.ReadAllText(certificate.AuthorityPath));
    }

    [Fact]
    public void Current_NameThatTheAuthorityMayNotCertify_MakesANewAuthority()
    {
        using var certificate = New();
        Assert.NotNull(certificate.Current);
        var authority = File.ReadAllText(certificate.AuthorityPath);
        _names = Names with { Dns = ["elsewhere.example.org"] };
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(certificate.Current.MatchesHostname("elsewhere.example.org"));
        Assert.NotEqual(authority, File.ReadAllText(certificate.AuthorityPath));
    }

    [Fact]
    public void Current_NearItsEnd_IsRenewed()
    {
        using var certificate = New();
        var before = certificate.Current;
        _time.Advance(LocalAuthority.CertificateLife - TimeSpan.FromDays(29));

        Assert.True(certificate.Current.NotAfter > before.NotAfter);
    }

    [Fact]
    public void Current_AfterARestart_ComesFromTheSameAuthority()
    {
        using var first = New();
        Assert.NotNull(first.Current);
        var authority = File.ReadAllText(first.AuthorityPath);
        using var second = New();
        using var chain = Chain(second);

        Assert.True(chain.Build(second.Current));
        Assert.Equal(authority, File.ReadAllText(first.AuthorityPath));
    }

    [Fact]
    public void Issue_NameOutsideTheConstraints_IsNotTrusted()
    {
        var authority = new LocalAuthority(_folder, _time);
        using var root = authority.OpenOrCreate(Names);
        using var stranger = authority.Issue(root, new MachineNames(["bank.example.org"], []));
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { root } } };

        Assert.False(chain.Build(stranger));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static X509Chain Chain(LocalCertificate certificate)
    {
        Assert.NotNull(certificate.Current);
        return new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(certificate.AuthorityPath) },
            },
        };
    }

    private LocalCertificate New() => new(new LocalAuthority(_folder, _time), () => _names, _time);
}
