"""Who verifies whom, drawn: declared conflicts, draws that never change, when checking began."""

import django.db.models.deletion
from django.db import migrations, models

from thidua.platform.ledger.triggers import protect


class Migration(migrations.Migration):

    dependencies = [
        ('bloc', '0001_bloc'),
        ('ledger', '0002_append_only'),
        ('registry', '0001_registry'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckDraw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('synthetic', models.BooleanField(default=False, verbose_name='Giá trị mẫu')),
                ('number', models.PositiveSmallIntegerField(verbose_name='Lần bốc thăm')),
                ('root', models.CharField(max_length=64, verbose_name='Dấu gốc của sổ cái lúc hết hạn tự chấm')),
                ('closed_at', models.DateTimeField(verbose_name='Hết hạn tự chấm lúc')),
                ('digits', models.CharField(max_length=60, verbose_name='Các chữ số bốc được')),
                ('seed', models.CharField(max_length=64, verbose_name='Hạt giống')),
                ('unit_ids', models.JSONField(default=list, verbose_name='Đơn vị, theo thứ tự trong điều kiện')),
                ('plain', models.JSONField(default=dict, verbose_name='Điều kiện và kết quả')),
                ('attempt', models.PositiveIntegerField(blank=True, null=True, verbose_name='Lần xếp')),
                ('author', models.CharField(max_length=400, verbose_name='Người bốc thăm')),
                ('drawn_at', models.DateTimeField(verbose_name='Bốc thăm lúc')),
                ('reason', models.TextField(blank=True, verbose_name='Lý do bốc thăm lại')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='Dấu của nội dung')),
            ],
            options={
                'ordering': ('bloc_year', 'number', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('synthetic', models.BooleanField(default=False, verbose_name='Giá trị mẫu')),
                ('reason', models.CharField(max_length=500, verbose_name='Lý do')),
                ('declared_by', models.CharField(max_length=400, verbose_name='Người khai')),
                ('declared_at', models.DateTimeField(verbose_name='Khai lúc')),
            ],
            options={
                'ordering': ('bloc_year', 'declared_at', 'id'),
            },
        ),
        migrations.AddField(
            model_name='blocyear',
            name='checks_each',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='Số đơn vị thẩm định mỗi bảng điểm'),
        ),
        migrations.AddField(
            model_name='blocyear',
            name='verifying_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='Bắt đầu thẩm định lúc'),
        ),
        migrations.AddConstraint(
            model_name='blocyear',
            constraint=models.CheckConstraint(condition=models.Q(('checks_each__gte', 1), ('checks_each__lte', 3)), name='bloc_year_checks_each'),
        ),
        migrations.AddField(
            model_name='checkdraw',
            name='bloc_year',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='bloc.blocyear'),
        ),
        migrations.AddField(
            model_name='checkdraw',
            name='first_witness',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.unit'),
        ),
        migrations.AddField(
            model_name='checkdraw',
            name='jurisdiction',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.jurisdiction', verbose_name='Địa phương, ngành'),
        ),
        migrations.AddField(
            model_name='checkdraw',
            name='second_witness',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.unit'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='bloc_year',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='bloc.blocyear'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='declarer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.unit', verbose_name='Bên khai'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.unit', verbose_name='Đơn vị'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='jurisdiction',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.jurisdiction', verbose_name='Địa phương, ngành'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.unit', verbose_name='Đơn vị kia'),
        ),
        migrations.AddConstraint(
            model_name='checkdraw',
            constraint=models.UniqueConstraint(fields=('bloc_year', 'number'), name='check_draw_once'),
        ),
        migrations.AddConstraint(
            model_name='checkdraw',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('number__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='check_draw_again_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='checkdraw',
            constraint=models.CheckConstraint(condition=models.Q(('first_witness', models.F('second_witness')), _negated=True), name='check_draw_two_witnesses'),
        ),
        migrations.AddConstraint(
            model_name='conflict',
            constraint=models.UniqueConstraint(fields=('bloc_year', 'first', 'second'), name='conflict_once'),
        ),
        migrations.AddConstraint(
            model_name='conflict',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='conflict_in_one_order'),
        ),
        protect('bloc_checkdraw'),
    ]
