using Actors.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Mail;

/// <summary>The mail queue and its sender.</summary>
public static class MailServiceCollectionExtensions
{
    /// <summary>Needs storage and <see cref="MailOptions"/>.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<MailSignal>()
        .AddSingleton<IMailQueue, MailQueue>()
        .AddHostedService<MailSender>();
}
