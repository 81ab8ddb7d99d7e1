import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cnlctf_sessions', '0007_proposals_and_annexes'),
        ('members', '0003_search_without_accents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versión')),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='editado')),
                ('at', models.TimeField(verbose_name='hora de la votación')),
                ('casting', models.CharField(blank=True, choices=[('favor', 'A favor'), ('against', 'En contra')], max_length=10, verbose_name='voto dirimente')),
                ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='vote', to='cnlctf_sessions.agreement', verbose_name='acuerdo')),
                ('casting_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='casting_votes', to='cnlctf_sessions.attendance', verbose_name='quién dirimió')),
                ('edited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='editado por')),
            ],
            options={
                'verbose_name': 'votación',
                'verbose_name_plural': 'votaciones',
                'ordering': ['agreement'],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sense', models.CharField(choices=[('favor', 'A favor'), ('against', 'En contra'), ('abstention', 'Abstención')], max_length=10, verbose_name='sentido')),
                ('reason', models.TextField(blank=True, verbose_name='razones o fundamento')),
                ('cast_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='cnlctf_sessions.attendance', verbose_name='quién votó')),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='members.entity', verbose_name='entidad')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='cnlctf_sessions.vote', verbose_name='votación')),
            ],
            options={
                'verbose_name': 'voto',
                'verbose_name_plural': 'votos',
                'ordering': ['entity__protocol_order', 'entity__acronym'],
            },
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('casting', ''), ('casting_by', None)), models.Q(('casting__in', ('favor', 'against')), ('casting_by__isnull', False)), _connector='OR'), name='vote_casting_by_somebody', violation_error_message='El voto dirimente es a favor o en contra, y consta quién lo emitió.'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('vote', 'entity'), name='ballot_entity_once', violation_error_message='Esa entidad ya votó: cada asiento tiene un voto.'),
        ),
    ]
