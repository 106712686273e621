using Actors.Silo.Mail;

namespace Actors.Unit.Tests.Mail;

public sealed class MailOptionsTests
{
    [Fact]
    public void Refusals_Defaults_AreNone() => Assert.Empty(new MailOptions().Refusals());

    [Fact]
    public void Refusals_HostWithoutSender_NamesFrom() =>
        Assert.Contains("Mail:From", Assert.Single(new MailOptions { Host = "mail.example.org" }.Refusals()), StringComparison.Ordinal);

    [Fact]
    public void Refusals_UserWithoutPassword_NamesPassword() =>
        Assert.Contains("Mail:Password", Assert.Single(new MailOptions { User = "u" }.Refusals()), StringComparison.Ordinal);

    [Fact]
    public void Refusals_PasswordInTheClear_IsRefused() =>
        Assert.Contains("Mail:Security", Assert.Single(new MailOptions { Host = "mail.example.org", From = "a@example.org", User = "u", Password = "p", Security = MailSecurity.None }.Refusals()), StringComparison.Ordinal);

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.org\nBcc: b@example.org")]
    public void Refusals_SenderThatIsNoAddress_IsNamed(string from) =>
        Assert.Contains("Mail:From", Assert.Single(new MailOptions { From = from }.Refusals()), StringComparison.Ordinal);

    [Theory]
    [InlineData(MailSecurity.StartTls, 587)]
    [InlineData(MailSecurity.Tls, 465)]
    [InlineData(MailSecurity.None, 25)]
    public void EffectivePort_NotGiven_FollowsTheSecurity(MailSecurity security, int port) =>
        Assert.Equal(port, new MailOptions { Security = security }.EffectivePort);
}
