use crate::pipeline::{Refusal, read};

const FRENCH: &str = "# Chambre froide\n\n## Objet\n\nCette procédure explique comment le personnel de cuisine contrôle la chambre froide. \
Elle s'applique à tous les employés qui travaillent dans la cuisine.\n\n## Procédure\n\n1. Lavez-vous les mains pendant vingt secondes avant de commencer.\n\
2. Relevez la température de la chambre froide sur l'afficheur.\n3. Notez la température dans le registre avec l'heure et vos initiales.\n\
4. Si la température est supérieure à 5 °C, appelez le chef de cuisine et ne touchez pas aux aliments.\n\
5. Rangez la viande crue sur l'étagère la plus basse.\n6. Jetez les produits dont la date est dépassée.\n\n## Nettoyage\n\n\
Le sol est nettoyé chaque soir avec le produit prévu. Le produit ne doit jamais être mélangé avec un autre. Portez des gants et des lunettes. \
Fermez toujours la porte après votre passage et vérifiez que le joint est propre.\n";

const SPANISH: &str = "# Recepción de mercancías\n\nEste procedimiento describe cómo el personal del almacén recibe las mercancías. \
El encargado es responsable de que todos los empleados lo conozcan.\n\n1. Compruebe el número del pedido antes de abrir el camión.\n\
2. Cuente las cajas y compare el resultado con el albarán.\n3. Anote los daños en el formulario y haga una fotografía de cada caja dañada.\n\
4. No firme el albarán si faltan cajas.\n5. Lleve los productos refrigerados a la cámara en un plazo de quince minutos.\n\n\
La temperatura de la cámara debe estar por debajo de los 4 °C. Si la temperatura es más alta, avise al encargado y no guarde los productos. \
Las carretillas solo pueden ser conducidas por personas con permiso. Use siempre el chaleco y las botas de seguridad. Los pasillos deben \
quedar libres para que la salida de emergencia se pueda usar en todo momento.\n";

const POLISH: &str = "# Czyszczenie pokoju\n\nTa procedura opisuje, jak personel hotelu czyści pokój po wyjeździe gościa. \
Kierownik piętra odpowiada za to, że wszyscy pracownicy znają procedurę.\n\n1. Zapukaj do drzwi i poczekaj dziesięć sekund.\n\
2. Otwórz okno i zbierz wszystkie śmieci.\n3. Zdejmij pościel i włóż ją do worka na brudną bieliznę.\n4. Załóż rękawice przed czyszczeniem łazienki.\n\
5. Spryskaj umywalkę środkiem i poczekaj pięć minut.\n6. Nie mieszaj środków czyszczących.\n\nRzeczy znalezione w pokoju należy oddać do recepcji. \
Jeśli lampa jest uszkodzona, należy zgłosić to kierownikowi przed końcem zmiany. Okno musi być zamknięte, gdy pokój jest pusty. \
Wózek nie może stać na korytarzu przed wyjściem. Każdy pokój jest sprawdzany przez kierownika, a wynik jest zapisany w dzienniku.\n";

const GERMAN: &str = "# Reinigung der Schneidemaschine\n\nDiese Anweisung gilt für alle Mitarbeiter, die mit der Schneidemaschine arbeiten. \
Die Küchenleitung ist dafür verantwortlich, dass sie eingehalten wird.\n\n1. Schalten Sie die Maschine aus und ziehen Sie den Stecker.\n\
2. Ziehen Sie die Schutzhandschuhe an.\n3. Nehmen Sie das Messer mit dem Werkzeug heraus.\n4. Waschen Sie das Messer bei 60 °C.\n\
5. Besprühen Sie alle Flächen mit dem Desinfektionsmittel und warten Sie fünf Minuten.\n\nDie Maschine darf nicht mit einem Wasserstrahl gereinigt werden. \
Wenn das Kabel beschädigt ist, wird die Maschine gesperrt und die Leitung informiert. Jede Reinigung wird in der Liste eingetragen. \
Vor der nächsten Benutzung muss die Maschine trocken sein.\n";

const ITALIAN: &str = "# Preparazione della soluzione\n\nQuesta procedura descrive come il personale del laboratorio prepara la soluzione. \
Il responsabile del laboratorio controlla che tutti la seguano.\n\n1. Indossare i guanti e gli occhiali prima di iniziare.\n\
2. Pesare il sale sulla bilancia e annotare il peso nel registro.\n3. Aggiungere l'acqua e mescolare per dieci minuti.\n\
4. Misurare il pH della soluzione con lo strumento.\n5. Non versare mai l'acqua nell'acido.\n\nLa soluzione deve essere conservata nel frigorifero per non più di trenta giorni. \
Se il contenitore è rotto, la soluzione deve essere eliminata con i rifiuti chimici. Ogni contenitore ha una etichetta con la data e il nome di chi lo ha preparato. \
Tutti gli incidenti sono segnalati al responsabile prima della fine del turno.\n";

const RUSSIAN: &str = "# Приём товара\n\nЭта инструкция описывает, как сотрудники склада принимают товар. Начальник смены отвечает за её выполнение.\n\n\
1. Проверьте номер заказа до открытия машины.\n2. Пересчитайте коробки и сравните с накладной.\n3. Запишите повреждения в журнал.\n\
4. Не подписывайте накладную, если коробок не хватает.\n5. Перенесите охлаждённый товар в камеру в течение пятнадцати минут.\n\n\
Температура в камере должна быть ниже 4 °C. Если температура выше, сообщите начальнику смены. Проходы должны быть свободны.\n";

const CHINESE: &str = "# 冷库检查\n\n本程序说明厨房员工如何检查冷库。所有员工必须遵守。\n\n1. 开始之前洗手二十秒。\n2. 读取冷库的温度。\n3. 把温度和时间写在记录表上。\n4. 如果温度高于 5 °C,请立即通知主管。\n5. 生肉放在最下层。\n\n每天晚上清洁地面。不要混合清洁剂。离开时关门。\n";

#[test]
fn sops_in_other_languages_are_refused_in_every_form() {
    for source in [FRENCH, SPANISH, POLISH, GERMAN, ITALIAN, RUSSIAN, CHINESE] {
        assert_eq!(read(source.as_bytes(), "a.md").err(), Some(Refusal::NotEnglish), "{source}");
        let plain = source.replace(['#', '*'], "");
        assert_eq!(read(plain.as_bytes(), "a.txt").err(), Some(Refusal::NotEnglish), "{plain}");
        let paragraphs = source.lines().collect::<Vec<_>>().join("</p><p>");
        let page = format!("<html><body><p>{paragraphs}</p></body></html>");
        assert_eq!(read(page.as_bytes(), "a.html").err(), Some(Refusal::NotEnglish), "{page}");
    }
}

#[test]
fn a_few_lines_of_another_language_are_enough() {
    for source in [
        "1. Lavez-vous les mains avant de commencer.\n2. Notez la température dans le registre.\n3. Fermez la porte après votre passage et rangez les produits dans la chambre froide avec la viande.",
        "1. Waschen Sie die Hände mit Seife.\n2. Trocknen Sie die Hände mit einem Tuch.\n3. Die Tür der Kammer muss nach der Arbeit geschlossen werden, und das Licht wird ausgeschaltet.",
        "1. 洗手二十秒。\n2. 读取冷库的温度并记录在表格上。\n3. 关门。",
    ] {
        assert_eq!(read(source.as_bytes(), "a.txt").err(), Some(Refusal::NotEnglish), "{source}");
    }
}

#[test]
fn short_english_sops_lists_tables_and_jargon_are_read() {
    for source in [
        "Closing the bar\n\n1. Switch off the coffee machine.\n2. Empty the grounds drawer.\n3. Wipe the counter with sanitiser.\n4. Count the till with a colleague.\n5. Lock the spirits cabinet.\n6. Set the alarm and leave by the staff door.",
        "Pantry order: saucisson, crème fraîche, jalapeño, piña colada mix, gruyère, pâté de campagne, crème brûlée moulds, tagliatelle al dente, salsa verde, penne, arrabbiata, dulce de leche, el Toro hot sauce, la Rossa passata, del Monte peaches, chili con carne base, café au lait pods.",
        "| Fridge | Min | Max |\n|---|---|---|\n| A1 | 0 | 4 |\n| A2 | 0 | 4 |\n| B1 | -2 | 2 |\n| B2 | -22 | -18 |\n| C1 | 1 | 5 |\n| C2 | 1 | 5 |\n| D1 | 2 | 8 |\n| D2 | 2 | 8 |\n",
        "PCR mix\n\n- 10 µL 2x master mix\n- 0.5 µL fwd primer (10 µM)\n- 0.5 µL rev primer (10 µM)\n- 2 µL gDNA\n- 7 µL dH2O\n\nVortex, spin 5 s at 1,000 x g, run 35 cycles: 95 °C 30 s, 58 °C 30 s, 72 °C 45 s. Store amplicons at -20 °C. In vitro and in situ controls per plate.",
        "Raw meat\nRaw fish\nOpened jars\nEggs\nDairy\nCooked rice\nCut fruit\nSalad\nSoup\nSauces\nDesserts\nBread\nHerbs\nIce\nJuice\nButter\nCream\nCheese\nHam\nYeast\nDough\nNuts\nOil\nSalt\nSugar\nTea\n",
        "Check-in\n\nGreet the guest. Ask for a passport. Copy it. Hand over two key cards. Explain breakfast times (06:30–10:00). Offer help with luggage. Never say the room number aloud.",
        "Der Spiegel is in the lobby; Le Monde and El País are on the rack. Put new papers out by 07:00, take old papers down at 22:00, and note missing copies of Die Zeit, Le Figaro, La Stampa and Las Provincias in the log.",
    ] {
        assert_eq!(read(source.as_bytes(), "a.md").err(), None, "{source}");
    }
}
